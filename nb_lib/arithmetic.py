"""One kind of processor's arithmetic, so that a long run gives the same everywhere.

Each kind of processor adds in the order and takes the exponential that suits it. The
roundings then differ, and training enlarges that. So what is stored, recorded and
tested is computed as all x86 processors since 2013 can; a reader's kernel is free.
"""

import platform

ONE_KIND = {
    "OPENBLAS_CORETYPE": "Haswell",
    "NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR",  # what came after it
    "ATEN_CPU_CAPABILITY": "avx2",  # PyTorch's loops, its BLAS and its other kernels
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
}
HAS_KINDS = platform.machine() in ("x86_64", "AMD64")

# For the environment of a process, before it loads NumPy. Small arrays are fastest on
# one thread; and two busy processes with two threads each are far slower than with one.
ARITHMETIC = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    **(ONE_KIND if HAS_KINDS else {}),
}
