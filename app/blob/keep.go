package blob

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"vivarium/app/model"
)

// keepPatience is how long KeepAll waits for those who remove.
const (
	keepPatience = time.Minute
	keepTick     = 20 * time.Millisecond
)

// KeepAll keeps every process from removing blobs until release is called, so that
// all can be copied. It waits for those who are removing, and fails with Conflict
// when that takes too long, or somebody else keeps them.
func (d *Disk) KeepAll(ctx context.Context) (release func() error, err error) {
	f, err := d.lockable()
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, keepPatience)
	defer stop()
	tick := time.NewTicker(keepTick)
	defer tick.Stop()
	for {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err == nil {
			return f.Close, nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errors.Join(failure("lock the blobs", err), f.Close())
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			err = model.Errorf(model.Conflict, "Garbage is being collected, or another backup is running. Try again when it has ended.")
			return nil, errors.Join(err, f.Close())
		}
	}
}

// MayRemove reports whether blobs may be removed, which they may until release is
// called: nobody is copying them.
func (d *Disk) MayRemove() (release func() error, ok bool, err error) {
	f, err := d.lockable()
	if err != nil {
		return nil, false, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	switch {
	case err == nil:
		return f.Close, true, nil
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, false, f.Close()
	}
	return nil, false, errors.Join(failure("lock the blobs", err), f.Close())
}

// lockable is what processes lock that copy or remove blobs: the folder itself.
func (d *Disk) lockable() (*os.File, error) {
	f, err := d.root.Open(".")
	if err != nil {
		return nil, failure("open the blob folder", err)
	}
	return f, nil
}
