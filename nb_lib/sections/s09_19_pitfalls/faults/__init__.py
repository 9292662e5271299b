"""The eight faults of 9.19, each as a switch: the faulty way and the repaired one."""
