"""Pictures on given axes: arrays in, artists out, one palette."""
