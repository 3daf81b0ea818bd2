"""Makes an archive of the recordings: archive.py CAPTURES FOLDER."""

import os
import struct
import sys
import tarfile

captures, folder = sys.argv[1:]
os.makedirs(folder)


def split(data, at):
    """A pcap file in two, at a record's number."""
    place = 24
    for _ in range(at):
        place += 16 + struct.unpack("<I", data[place + 8 : place + 12])[0]
    return data[:place], data[:24] + data[place:]


def read(name):
    with open(os.path.join(captures, name), "rb") as file:
        return file.read()


def write(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


# One conversation over two rotated files, which sort so that two shards get them.
for name, part in zip(["a-ssh-1.pcap", "z-ssh-2.pcap"], split(read("ssh/openssh.pcap"), 9)):
    write(name, part)
write("m-damaged.pcap", read("http/python.pcap")[:700])
with tarfile.open(os.path.join(folder, "n-scans.tar.gz"), "w:gz") as tar:
    tar.add(os.path.join(captures, "nmap"), "nmap")
for directory in sorted(os.listdir(captures)):
    path = os.path.join(captures, directory)
    if directory in ("ssh", "nmap", "demo") or not os.path.isdir(path):
        continue
    for name in sorted(os.listdir(path)):
        if name.endswith((".pcap", ".pcapng")):
            write(f"{directory}-{name}", read(os.path.join(directory, name)))
