"""The peer's side of a benchmark: a process that answers requests, one line of JSON each."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools" / "torch"))

Request = dict[str, Any]
Answer = dict[str, Any]


def serve(answer: Callable[[Request], Answer]) -> None:
    """Says who it is, then answers each line of standard input."""
    torch.set_num_threads(os.cpu_count() or 1)
    say({"peer": f"torch {torch.__version__}, {torch.get_num_threads()} threads"})
    for line in sys.stdin:
        say(answer(json.loads(line)))


def say(message: Answer) -> None:
    print(json.dumps(message), flush=True)
