"""Starts the course's kernel as Jupyter would, runs one cell, prints how long both took."""

import sys
import time

from jupyter_client.manager import start_new_kernel

start = time.perf_counter()
manager, client = start_new_kernel(kernel_name="tslab", startup_timeout=40)
try:
    started = time.perf_counter() - start
    begun = time.perf_counter()
    reply = client.execute_interactive("const two: number = 1 + 1;", timeout=20, output_hook=lambda _: None)
    took = time.perf_counter() - begun
    status = reply["content"]["status"]
    print(f"starts in {started:.1f} s, runs a cell in {took:.1f} s" if status == "ok" else f"a cell ended with {status}")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
sys.exit(status != "ok")
