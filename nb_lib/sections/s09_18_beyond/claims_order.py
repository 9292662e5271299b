"""Claims of 9.18 about recurrent nets and attention."""

ORDER = ()
