package e2e

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pid is the server's process id, which was found to be the listener's.
func (s *server) pid() int {
	s.t.Helper()
	pid := s.cmd.Process.Pid
	if !listens(s.t, pid, s.host) {
		s.t.Fatalf("process %d does not listen on %s", pid, s.host)
	}
	return pid
}

// listens reports whether a process has the socket that listens on an IPv4
// address.
func listens(t *testing.T, pid int, host string) bool {
	t.Helper()
	address, err := net.ResolveTCPAddr("tcp4", host)
	if err != nil {
		t.Fatal(err)
	}
	ip := address.IP.To4()
	local := fmt.Sprintf("%02X%02X%02X%02X:%04X", ip[3], ip[2], ip[1], ip[0], address.Port)
	const stateListen = "0A"
	for line := range strings.Lines(readProc(t, pid, "net/tcp")) {
		if f := strings.Fields(line); len(f) > 9 && f[1] == local && f[3] == stateListen {
			return hasSocket(pid, f[9])
		}
	}
	return false
}

func hasSocket(pid int, inode string) bool {
	open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	for _, fd := range open {
		if to, err := os.Readlink(fd); err == nil && to == "socket:["+inode+"]" {
			return true
		}
	}
	return false
}

// readProc is a file of a process below /proc.
func readProc(t *testing.T, pid int, name string) string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// memory is the most memory that the server had resident since forgetPeak, and
// what it has now, in bytes.
func (s *server) memory() (peak, now int64) {
	s.t.Helper()
	status := readProc(s.t, s.cmd.Process.Pid, "status")
	return s.kilobytes(status, "VmHWM:") << 10, s.kilobytes(status, "VmRSS:") << 10
}

func (s *server) kilobytes(status, key string) int64 {
	s.t.Helper()
	_, after, _ := strings.Cut(status, key)
	line, _, _ := strings.Cut(after, " kB")
	n, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	if err != nil {
		s.t.Fatalf("%s of the server: %v", key, err)
	}
	return n
}

// forgetPeak makes memory count anew. Where the system does not let it, memory
// counts from the start.
func (s *server) forgetPeak() {
	const peakOnly = "5" // proc(5), clear_refs
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", s.cmd.Process.Pid), []byte(peakOnly), 0)
}

// cpu is the processor time that the server took so far.
func (s *server) cpu() time.Duration {
	s.t.Helper()
	const perSecond = 100 // USER_HZ, of every Linux
	stat := []byte(readProc(s.t, s.cmd.Process.Pid, "stat"))
	f := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, err := strconv.Atoi(f[11])
	if err != nil {
		s.t.Fatal(err)
	}
	system, err := strconv.Atoi(f[12])
	if err != nil {
		s.t.Fatal(err)
	}
	return time.Duration(user+system) * time.Second / perSecond
}
