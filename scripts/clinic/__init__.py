"""Programs with and without a fault, to measure the doctor as one measures a test.

The programs come in parts. Rules and thresholds of ``nb_lib.doctor`` are tuned on the
tuning part alone. The held-out part has other architectures, other variants of each
fault and other healthy programs, and is only looked at to be counted. After a first
such look some rules were mended, and before that a fresh part was written, with new
programs of every kind. Its first look showed more to mend, and before that a control
group of healthy programs was written.
"""
