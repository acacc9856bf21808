"""The peer's side of a benchmark: a process that answers requests, one line of JSON each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import blas

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "torch"))

Request = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class Library:
    """What a peer computes with: its name, what it was built with, and a product of two 1024x1024 matrices of float32."""

    name: str
    configuration: str
    product: Callable[[], object]


def serve(answer: Callable[[Request], Answer], library: Library) -> None:
    """Says who it is and how fast it multiplies matrices, then answers each line of standard input."""
    say({"peer": library.name, "blas": blas.description(library.product, library.configuration)})
    for line in sys.stdin:
        say(answer(json.loads(line)))


def say(message: Answer) -> None:
    print(json.dumps(message), flush=True)
