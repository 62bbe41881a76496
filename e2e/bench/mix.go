package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/zstd"
)

// mix is clients at work over connections that stay open: 90 of 100 requests ask
// whether the index of shards has changed, 9 download a package, 1 uploads one.
type mix struct {
	address, index, file string
	upload               func(ctx context.Context, n int) error // nil: a download in its place

	sent    atomic.Int64
	changed atomic.Int64 // index reads that were answered with a new index
	whole   sync.Map     // by ETag: the indexes that were read to the end and decoded

	mu      sync.Mutex
	uploads []time.Duration // how long each took
}

// mixConnections is how many clients work at once.
const mixConnections = 64

// run lets the clients work for so long. It returns how long each request took, and
// stops at the first wrong answer.
func (m *mix) run(ctx context.Context, length time.Duration) ([]time.Duration, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	end := time.Now().Add(length)
	took := make([][]time.Duration, mixConnections)
	var wait sync.WaitGroup
	for i := range took {
		wait.Go(func() {
			var err error
			if took[i], err = m.client(ctx, end); err != nil {
				cancel(err)
			}
		})
	}
	wait.Wait()
	var all []time.Duration
	for _, some := range took {
		all = append(all, some...)
	}
	return all, context.Cause(ctx)
}

// client is one of them.
func (m *mix) client(ctx context.Context, end time.Time) (took []time.Duration, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", m.address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends a read under way
	from, etag := bufio.NewReader(conn), ""
	for time.Now().Before(end) {
		begin := time.Now()
		switch n := m.sent.Add(1); {
		case n%100 == 0 && m.upload != nil:
			err = m.upload(ctx, int(n))
			m.uploaded(time.Since(begin))
		case n%100 < 10:
			_, err = exchange(conn, from, request{path: m.file}, m.address)
		default:
			etag, err = m.readIndex(conn, from, etag)
		}
		if err != nil {
			return took, err
		}
		took = append(took, time.Since(begin))
	}
	return took, nil
}

func (m *mix) uploaded(took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.uploads = append(m.uploads, took)
}

// readIndex asks for the index unless it is the one of etag, and returns the ETag of
// what there is now.
func (m *mix) readIndex(conn io.Writer, from *bufio.Reader, etag string) (string, error) {
	got, err := exchange(conn, from, request{path: m.index, etag: etag}, m.address)
	if err != nil || got.body == nil {
		return etag, err
	}
	m.changed.Add(1)
	etag = got.header.Get("ETag")
	if size, known := m.whole.Load(etag); known {
		if size != len(got.body) {
			return etag, fmt.Errorf("index %s has %d bytes and %d", etag, size, len(got.body))
		}
		return etag, nil
	}
	z, err := zstd.NewReader(bytes.NewReader(got.body), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return etag, err
	}
	defer z.Close()
	if _, err := io.Copy(io.Discard, z); err != nil {
		return etag, fmt.Errorf("index %s: %w", etag, err)
	}
	m.whole.Store(etag, len(got.body))
	return etag, nil
}

// exchange sends a request and reads the answer, whose body is nil when the client
// has it.
func exchange(conn io.Writer, from *bufio.Reader, r request, host string) (answer, error) {
	if _, err := io.WriteString(conn, r.text(host)); err != nil {
		return answer{}, err
	}
	resp, err := http.ReadResponse(from, nil)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified && r.etag != "" {
		return answer{header: resp.Header}, nil
	}
	if resp.StatusCode != http.StatusOK {
		return answer{}, fmt.Errorf("%s: status %s", r.path, resp.Status)
	}
	body, err := io.ReadAll(resp.Body)
	return answer{resp.Header, body}, err
}

// measureMix notes how many requests of the mix each server answers in a second.
func measureMix(ctx context.Context, c channel, ours *process, theirs *nginx, r *report) error {
	made, err := bulkPackage("download", smallSize)
	if err != nil {
		return err
	}
	if err := c.api.upload(ctx, made); err != nil {
		return err
	}
	index, err := get(ctx, c.api.site+shardsPath)
	if err != nil {
		return err
	}
	file := channelPath + made.fileName()
	for path, body := range map[string][]byte{shardsPath: index.body, file: made.body} {
		if err := theirs.put(path, body); err != nil {
			return err
		}
	}
	m := &mix{address: ours.address, index: shardsPath, file: file, upload: func(ctx context.Context, n int) error {
		p, err := textPackage(fmt.Sprintf("mixed%06d", n), uploadSize/10)
		if err != nil {
			return err
		}
		return c.api.upload(ctx, p)
	}}
	rate, ourCost, took, err := m.measure(ctx, ours, r.mixTime)
	if err != nil {
		return fmt.Errorf("mixed load: %w", err)
	}
	static := &mix{address: theirs.address, index: shardsPath, file: file}
	theirRate, theirCost, theirTook, err := static.measure(ctx, theirs.process, r.mixTime)
	if err != nil {
		return fmt.Errorf("mixed load on nginx: %w", err)
	}
	r.note("mixed load: requests/s", rate, "1/s", 0)
	r.note("mixed load: requests/s of nginx, no uploads", theirRate, "1/s", 0)
	r.note("mixed load: times as slow as nginx", theirRate/rate, "", 5)
	r.note("mixed load: CPU of a request", ourCost.Seconds()*1e6, "µs", 0)
	r.note("mixed load: CPU of a request of nginx", theirCost.Seconds()*1e6, "µs", 0)
	r.note("mixed load: share of index reads that had changed", float64(m.changed.Load())/float64(m.sent.Load())/0.9*100, "%", 0)
	r.note("mixed load: p50 of uploads", quantile(m.uploads, 0.5).Seconds()*1e3, "ms", 0)
	r.note("mixed load: p95", quantile(took, 0.95).Seconds()*1e3, "ms", 0)
	r.note("mixed load: p99", quantile(took, 0.99).Seconds()*1e3, "ms", 100)
	r.note("mixed load: p99 of nginx", quantile(theirTook, 0.99).Seconds()*1e3, "ms", 0)
	return nil
}

// measure runs the mix, and returns the requests of a second, the CPU of one, and
// how long each took.
func (m *mix) measure(ctx context.Context, server *process, length time.Duration) (rate float64, cost time.Duration, took []time.Duration, err error) {
	begin := time.Now()
	all, err := spent(server, func() error {
		took, err = m.run(ctx, length)
		return err
	})
	if err != nil {
		return 0, 0, nil, err
	}
	return float64(len(took)) / time.Since(begin).Seconds(), all / time.Duration(len(took)), took, nil
}
