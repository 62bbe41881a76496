package main

import (
	"crypto/sha256"
	"os"
	"testing"
)

func TestCPUTimeGrows(t *testing.T) {
	t.Parallel()
	before, err := cpuTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	var block [64]byte
	for range 400_000 {
		block = [64]byte(append(block[32:], block[:32]...))
		sum := sha256.Sum256(block[:])
		copy(block[:], sum[:])
	}
	after, err := cpuTime(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if after <= before {
		t.Errorf("CPU time went from %v to %v while working", before, after)
	}
}

func TestResidentBytes(t *testing.T) {
	t.Parallel()
	got, err := residentBytes(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if got < 1<<20 || got > 4<<30 {
		t.Errorf("got %d bytes for this process", got)
	}
}

func TestNoSuchProcess(t *testing.T) {
	t.Parallel()
	const beyond = 1 << 30 // more than Linux numbers
	if _, err := cpuTime(beyond); err == nil {
		t.Error("cpuTime of a process that does not exist is no error")
	}
	if _, err := residentBytes(beyond); err == nil {
		t.Error("residentBytes of a process that does not exist is no error")
	}
}
