"""Programs with and without a fault, to measure the doctor as one measures a test.

The programs come in three parts. Rules and thresholds of ``nb_lib.doctor`` are tuned on
the tuning part alone. The held-out part has other architectures, other variants of each
fault and other healthy programs, and is only looked at to be counted. After the first
such look some rules were mended, so a fresh part was written before that, with new
programs of every kind, to be looked at once.
"""
