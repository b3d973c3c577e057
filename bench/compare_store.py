#!/usr/bin/env python3
"""Loads the same N-Triples into dossier, Oxigraph (pyoxigraph) and Jena TDB2 in one run: load rate, bytes a triple, peak memory.

    bench/compare_store.py [--dossier build/release/dossier] [--jena /usr/share/java] [--only dossier,oxigraph,jena] FILE.nt[.zst|.gz]...

Each engine loads each file into a directory of its own, as a process of its own, from the unpacked file, one after the other; peak memory is
the process's largest resident set as the kernel counts it (ru_maxrss). The number of triples that each reports to hold is printed and must
agree. Loads are timed with start-up and closing, by the clock and in processor time of all threads, which says more on a busy machine. A peer that is not installed is left out, and said so.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

OXIGRAPH = """
import sys, pyoxigraph
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_TRIPLES)
store.flush()
print(len(store))
"""
OXIGRAPH_PYTHON = "/opt/ml/bin/python"


def unpack(path, directory):
    target = os.path.join(directory, os.path.basename(path).removesuffix(".zst").removesuffix(".gz"))
    if path.endswith(".zst"):
        subprocess.run(["zstd", "-q", "-d", "-f", path, "-o", target], check=True)
    elif path.endswith(".gz"):
        with open(target, "wb") as out:
            subprocess.run(["gzip", "-dc", path], check=True, stdout=out)
    else:
        return os.path.abspath(path)
    return target


def size_of(directory):
    return sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(directory) for name in names)


def run(command):
    """(seconds, processor seconds, peak MiB) and output."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    output, errors = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        reason = [line for line in (output + errors).splitlines() if line.strip()]
        cause = [line for line in reason if line.startswith("Caused by")] or reason
        raise RuntimeError(f"exit code {process.returncode}: {cause[-1] if cause else 'no message'}")
    return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output


class Dossier:
    name = "dossier"

    def __init__(self, args):
        self.binary = os.path.abspath(args.dossier)

    def available(self):
        return os.access(self.binary, os.X_OK)

    def load(self, path, directory):
        return run([self.binary, "load", directory, path])[0]

    def count(self, directory):
        _, output = run([self.binary, "query", directory, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv"])
        return int(output.split()[1])


class Oxigraph:
    name = "oxigraph"

    def __init__(self, args):
        self.counted = {}

    def available(self):
        return subprocess.run([OXIGRAPH_PYTHON, "-c", "import pyoxigraph"], capture_output=True).returncode == 0

    def load(self, path, directory):
        used, output = run([OXIGRAPH_PYTHON, "-c", OXIGRAPH, path, directory])
        self.counted[directory] = int(output)
        return used

    def count(self, directory):
        return self.counted[directory]


class Jena:
    name = "jena-tdb2"

    def __init__(self, args):
        self.java = args.jena
        # Debian moved the Xerces classes that Jena carries to the package `xerces` and left their messages behind, so that the first
        # regular expression of an XSD type fails ("Can't find bundle for base name xerces.impl.xpath.regex.message"). Put where they are sought:
        self.messages = tempfile.TemporaryDirectory(prefix="jena-messages-")
        core = os.path.join(self.java, "jena-core.jar")
        if os.path.exists(core):
            with zipfile.ZipFile(core) as jar:
                for name in jar.namelist():
                    if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                        target = os.path.join(self.messages.name, name.removeprefix("org/apache/jena/ext/"))
                        os.makedirs(os.path.dirname(target), exist_ok=True)
                        with open(target, "wb") as out:
                            out.write(jar.read(name))

    def command(self, name, *arguments):
        wanted = ("jena-", "slf4j-api", "slf4j-nop", "commons-", "thrift", "protobuf", "dexx", "gson", "jackson", "http", "guava", "failureaccess",
                  "jsonld", "titanium", "jsonp", "jakarta.json")
        jars = ":".join(os.path.join(self.java, jar) for jar in sorted(os.listdir(self.java))
                        if jar.endswith(".jar") and jar.startswith(wanted) and not any(part[:1].isdigit() for part in jar.split("-")))
        return ["java", "-Xmx2g", "-cp", self.messages.name + ":" + jars, name, *arguments]

    def available(self):
        return shutil.which("java") is not None and any(n.startswith("jena-tdb2") for n in os.listdir(self.java))

    def load(self, path, directory):
        return run(self.command("tdb2.tdbloader", "--loader=phased", "--loc", directory, path))[0]

    def count(self, directory):
        _, output = run(self.command("tdb2.tdbquery", "--loc", directory, "--results=csv", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
        return int(output.split()[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossier", default="build/release/dossier")
    parser.add_argument("--jena", default="/usr/share/java")
    parser.add_argument("--only", default="")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    only = set(filter(None, args.only.split(",")))
    engines = [kind(args) for kind in (Dossier, Oxigraph, Jena) if not only or kind.name in only]
    for engine in list(engines):
        if not engine.available():
            print(f"{engine.name} is not installed: left out")
            engines.remove(engine)
    print(f"load average before: {os.getloadavg()[0]:.2f}, processors: {os.cpu_count()}")
    wrong = False
    for path in args.files:
        with tempfile.TemporaryDirectory(prefix="compare-store-", dir=os.environ.get("TMPDIR")) as temporary:
            source = unpack(path, temporary)
            with open(source, "rb") as file:  # and so in the page cache for all alike
                lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 24), b""))
            print(f"\n{os.path.basename(path)}: {lines:,} lines, {os.path.getsize(source) / lines:.0f} bytes a line")
            print("| engine | triples | seconds | k triples/s | processor s | k triples/processor s | bytes/triple | peak MiB |\n|---|---|---|---|---|---|---|---|")
            counts = set()
            for engine in engines:
                directory = os.path.join(temporary, engine.name)
                try:
                    seconds, cpu, peak = engine.load(source, directory)
                    bytes_on_disk = size_of(directory)
                    count = engine.count(directory)
                except RuntimeError as error:
                    print(f"| {engine.name} | failed: {error} |", flush=True)
                    continue
                counts.add(count)
                print(f"| {engine.name} | {count:,} | {seconds:.1f} | {count / seconds / 1000:.0f} | {cpu:.1f} | {count / cpu / 1000:.0f} "
                      f"| {bytes_on_disk / count:.1f} | {peak:.0f} |", flush=True)
                shutil.rmtree(directory)
            if len(counts) > 1:
                print("THE COUNTS DIFFER")
                wrong = True
    print(f"\nload average after: {os.getloadavg()[0]:.2f}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
