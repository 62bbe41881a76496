package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"
	"time"
)

// How many small packages are uploaded in each way, and by how many at once.
const (
	smallUploads = 320
	atOnce       = 16
)

// measureSmallUploads notes what uploads of small packages cost, one after the other
// and many at once, in three requests and in one. No upload may fail.
func measureSmallUploads(ctx context.Context, p program, r *report) (err error) {
	s := site{data: filepath.Join(p.dir, "uploads")}
	server, err := p.serve(ctx, s.data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	a, err := s.open(ctx, p, server)
	if err != nil {
		return err
	}
	for _, way := range []struct {
		name    string
		clients int
		upload  func(context.Context, condaPackage) error
	}{
		{"in three requests", 1, a.upload}, {"in three requests", atOnce, a.upload}, {"in one request", 1, a.put}, {"in one request", atOnce, a.put},
	} {
		if err := uploadMany(ctx, server, r, way.name, way.clients, way.upload); err != nil {
			return err
		}
	}
	return nil
}

// put publishes a package in one request.
func (a api) put(ctx context.Context, p condaPackage) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, a.site+"/conda/"+a.owner+"/noarch/"+p.fileName(), bytes.NewReader(p.body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "token "+a.token)
	_, err = do(request)
	return err
}

func uploadMany(ctx context.Context, server *process, r *report, how string, clients int, upload func(context.Context, condaPackage) error) error {
	queue, took, errs := make(chan condaPackage, smallUploads), make(chan time.Duration, smallUploads), make(chan error, clients)
	for n := range smallUploads {
		p, err := tinyPackage(fmt.Sprintf("s%d-%x-%d", clients, len(how), n))
		if err != nil {
			return err
		}
		queue <- p
	}
	close(queue)
	var all []time.Duration
	began := time.Now()
	cost, err := spent(server, func() error {
		var working sync.WaitGroup
		for range clients {
			working.Go(func() {
				for p := range queue {
					start := time.Now()
					if err := upload(ctx, p); err != nil {
						errs <- err
						return
					}
					took <- time.Since(start)
				}
			})
		}
		working.Wait()
		close(took)
		for t := range took {
			all = append(all, t)
		}
		select {
		case err := <-errs:
			return err
		default:
			return nil
		}
	})
	if err != nil {
		return fmt.Errorf("small uploads %s, %d at once: %w", how, clients, err)
	}
	name := fmt.Sprintf("small uploads %s, %d at once", how, clients)
	r.note("CPU of "+name, float64(cost.Microseconds())/1e3/smallUploads, "ms", 20)
	r.note("rate of "+name, smallUploads/time.Since(began).Seconds(), "/s", 0)
	r.note("p99 of "+name, float64(quantile(all, 0.99).Microseconds())/1e3, "ms", 0)
	return nil
}

// tinyPackage returns a package with one small file.
func tinyPackage(name string) (condaPackage, error) {
	return makePackage(name, firstVersion, map[string][]byte{"share/" + name + ".txt": []byte("hello from " + name + "\n")})
}
