"""A benchmark of your own in Python: images per second of a torch model.

    driftbench throughput run resnet --precision f16 --batch 32 --repeat 8 -- \
        python3 docs/examples/bench_torch.py --precision f16 --batch 32

Lines of the runner protocol go to stdout, everything else to stderr.
"""

import argparse
import hashlib
import json
import sys
import time

import torch

FIRST_VALUES = 8


def say(**line):
    print(json.dumps(line), flush=True)


def build(precision, batch, device):
    """The model, and an input that is the same every time."""
    torch.manual_seed(1)
    model = torch.nn.Sequential(
        torch.nn.Conv2d(3, 64, 7, stride=2, padding=3),
        torch.nn.ReLU(),
        torch.nn.Conv2d(64, 128, 3, stride=2, padding=1),
        torch.nn.ReLU(),
        torch.nn.AdaptiveAvgPool2d(1),
        torch.nn.Flatten(),
        torch.nn.Linear(128, 1000),
    )
    dtype = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}[precision]
    images = torch.randn(batch, 3, 224, 224, generator=torch.Generator().manual_seed(2))
    return model.eval().to(device, dtype), images.to(device, dtype)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--precision", default="f32", choices=["f32", "f16", "bf16"])
    arguments.add_argument("--batch", type=int, default=32)
    arguments.add_argument("--seconds", type=float, default=30)
    chosen = arguments.parse_args()

    cuda = torch.cuda.is_available()
    device = torch.device("cuda" if cuda else "cpu")
    # What really runs: Driftbench holds it against --precision and --batch of the command line.
    say(
        type="run",
        workload={"id": "resnet", "definition": {"model": "conv7-conv3-linear", "seed": 1, "image": [3, 224, 224]}},
        precision=chosen.precision,
        batch=chosen.batch,
        fingerprint={"fields": {"torch": torch.__version__, "torch_cuda": torch.version.cuda}},
    )
    say(
        type="ready",
        runner="bench_torch",
        version="1",
        executor={
            "name": torch.cuda.get_device_name(device) if cuda else "cpu",
            "kind": "gpu" if cuda else "cpu",
        },
    )

    say(type="phase", name="load")
    model, images = build(chosen.precision, chosen.batch, device)
    wait = torch.cuda.synchronize if cuda else lambda: None

    def iterate():
        """One iteration, from an idle device to an idle device."""
        wait()
        start = time.monotonic_ns()
        output = model(images)
        wait()
        return start, time.monotonic_ns() - start, output

    with torch.inference_mode():
        say(type="phase", name="warmup")
        for _ in range(20):
            iterate()
        say(type="phase", name="measure")
        end = time.monotonic() + chosen.seconds
        while time.monotonic() < end:
            start, duration, output = iterate()
            say(type="sample", start_ns=start, duration_ns=duration, items=chosen.batch)

    say(type="phase", name="verify")
    values = output.float().cpu()
    if not torch.isfinite(values).all():
        say(type="error", code="wrong-output", message="a value is not finite")
        sys.exit(1)
    # Rounded, so that another order of additions is no other output.
    rounded = ",".join(f"{value:.2g}" for value in values.flatten().tolist())
    say(
        type="output",
        digest="sha256:" + hashlib.sha256(rounded.encode()).hexdigest(),
        values=values.flatten()[:FIRST_VALUES].tolist(),
    )
    say(type="done")


try:
    main()
except torch.cuda.OutOfMemoryError as error:
    say(type="error", code="out-of-memory", message=str(error).splitlines()[0])
    sys.exit(1)
