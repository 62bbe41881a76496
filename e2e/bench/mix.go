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
	upload               func(ctx context.Context) error // nil: a download in its place

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

// mixClient is one of them. What it reads into is used again: it shares the machine
// with the server.
type mixClient struct {
	*mix
	conn    io.Writer
	from    *bufio.Reader
	body    bytes.Buffer
	decoder *zstd.Decoder
	etag    string // of the index that it has
}

func (m *mix) client(ctx context.Context, end time.Time) (took []time.Duration, err error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", m.address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends a read under way
	c := &mixClient{mix: m, conn: conn, from: bufio.NewReaderSize(conn, 64<<10)}
	if c.decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1)); err != nil {
		return nil, err
	}
	defer c.decoder.Close()
	for time.Now().Before(end) {
		begin := time.Now()
		switch n := m.sent.Add(1); {
		case n%100 == 0 && m.upload != nil:
			err = m.upload(ctx)
			m.uploaded(time.Since(begin))
		case n%100 < 10:
			_, err = c.exchange(request{path: m.file})
		default:
			err = c.readIndex()
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

// readIndex asks for the index unless it is the one that the client has.
func (c *mixClient) readIndex() error {
	header, err := c.exchange(request{path: c.index, etag: c.etag})
	if err != nil || header == nil {
		return err
	}
	c.changed.Add(1)
	c.etag = header.Get("ETag")
	if size, known := c.whole.Load(c.etag); known {
		if size != c.body.Len() {
			return fmt.Errorf("index %s has %d bytes and %d", c.etag, size, c.body.Len())
		}
		return nil
	}
	size := c.body.Len()
	if err := c.decoder.Reset(&c.body); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, c.decoder); err != nil {
		return fmt.Errorf("index %s: %w", c.etag, err)
	}
	c.whole.Store(c.etag, size)
	return nil
}

// exchange sends a request and reads the answer's body. It returns no header when
// the client has what it asked for.
func (c *mixClient) exchange(r request) (http.Header, error) {
	if _, err := io.WriteString(c.conn, r.text(c.address)); err != nil {
		return nil, err
	}
	resp, err := http.ReadResponse(c.from, nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotModified && r.etag != "" {
		return nil, nil
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %s", r.path, resp.Status)
	}
	c.body.Reset()
	_, err = c.body.ReadFrom(resp.Body)
	return resp.Header, err
}
