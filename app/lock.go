package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// folderLock says that a process serves a data folder. The system drops it when
// the process ends, however that happens.
type folderLock struct{ file *os.File }

// errServed is the cause of a lock that is held.
var errServed = errors.New("a server is running on it")

// lockFolder takes the lock of the data folder dir, or fails with errServed.
func lockFolder(dir string) (*folderLock, error) {
	file, err := os.OpenFile(filepath.Join(dir, "serve.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer func() { _ = file.Close() }()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("data folder %s: %w%s", dir, errServed, holder(file))
		}
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	l := &folderLock{file}
	return l, l.sign()
}

// sign writes down who holds the lock, for people.
func (l *folderLock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt(fmt.Appendf(nil, "%d\n", os.Getpid()), 0)
	return err
}

// release gives the folder free.
func (l *folderLock) release() { _ = l.file.Close() }

func holder(file *os.File) string {
	const longest = 20
	text := make([]byte, longest)
	n, _ := file.ReadAt(text, 0)
	if pid := strings.TrimSpace(string(text[:n])); pid != "" {
		return " (process " + pid + ")"
	}
	return ""
}
