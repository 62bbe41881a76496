package main

import (
	"fmt"
	"sync"
)

// uploadsPerSecond is for how many uploads a turn of mixed load is stocked: making
// packages is not the work of the server, with which the clients share the machine.
const uploadsPerSecond = 100

// versionsOfEach is how many versions of a package there are, as in the channel that
// they are added to: with a new name in each upload its index of shards, which has an
// entry for each name, would be another one at the end.
const versionsOfEach = 10

// stock is packages to upload, each of another name or version.
type stock struct {
	mu    sync.Mutex
	ready []condaPackage
	made  int
}

// fill makes packages until there are n.
func (s *stock) fill(n int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.ready) < n {
		if err := s.add(); err != nil {
			return err
		}
	}
	return nil
}

// take returns one that nobody else gets, made now when there is none left.
func (s *stock) take() (p condaPackage, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ready) == 0 {
		if err := s.add(); err != nil {
			return p, err
		}
	}
	last := len(s.ready) - 1
	p, s.ready = s.ready[last], s.ready[:last]
	return p, nil
}

func (s *stock) add() error {
	name, version := fmt.Sprintf("mixed%06d", s.made/versionsOfEach), fmt.Sprintf("1.%d", s.made%versionsOfEach)
	s.made++
	p, err := textPackage(name, version, uploadSize/10)
	if err == nil {
		s.ready = append(s.ready, p)
	}
	return err
}
