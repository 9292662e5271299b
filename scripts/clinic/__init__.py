"""Programs with and without a fault, to measure the doctor as one measures a test.

The programs come in two halves. Rules and thresholds of ``nb_lib.doctor`` are tuned on
the tuning half alone; the held-out half has other architectures, other variants of each
fault and other healthy programs, and is only looked at to be counted.
"""
