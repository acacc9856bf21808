"""PyTorch as the library of a peer, with a thread for each core."""

from __future__ import annotations

import blas
import torch
from serve import Library

torch.set_num_threads(blas.threads())
a, b = torch.randn(2, blas.size, blas.size)

library = Library(
    name=f"torch {torch.__version__}, {torch.get_num_threads()} threads",
    configuration=torch.__config__.show(),
    product=lambda: a @ b,
)
