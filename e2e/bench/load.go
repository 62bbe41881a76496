package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

// request is a GET that is sent many times.
type request struct {
	path     string
	encoding string // sent as Accept-Encoding, unless empty
	etag     string // sent as If-None-Match, unless empty
	status   int    // of the right answer
}

// text is the request as it is sent.
func (r request) text(host string) string {
	var s strings.Builder
	fmt.Fprintf(&s, "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\nAccept: */*\r\n", r.path, host)
	if r.encoding != "" {
		fmt.Fprintf(&s, "Accept-Encoding: %s\r\n", r.encoding)
	}
	if r.etag != "" {
		fmt.Fprintf(&s, "If-None-Match: %s\r\n", r.etag)
	}
	s.WriteString("\r\n")
	return s.String()
}

// drive sends a request count times over a number of connections that stay open,
// and returns how many bytes of body came back. It stops at the first wrong answer.
func drive(ctx context.Context, address string, r request, connections, count int) (int64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	received := make([]int64, connections)
	for i := range connections {
		share := count / connections
		if i < count%connections {
			share++
		}
		wait.Go(func() {
			var err error
			if received[i], err = repeat(ctx, address, r, share); err != nil {
				cancel(err)
			}
		})
	}
	wait.Wait()
	sum := int64(0)
	for _, n := range received {
		sum += n
	}
	return sum, context.Cause(ctx)
}

// repeat sends a request count times over one connection.
func repeat(ctx context.Context, address string, r request, count int) (int64, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // ends a read under way
	const window = 256 << 10
	text, from, buffer := []byte(r.text(address)), bufio.NewReader(conn), make([]byte, window)
	var sum int64
	for range count {
		if _, err := conn.Write(text); err != nil {
			return sum, err
		}
		n, err := receive(from, r, buffer)
		sum += n
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// receive reads one answer and returns the size of its body.
func receive(from *bufio.Reader, r request, buffer []byte) (int64, error) {
	resp, err := http.ReadResponse(from, nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != r.status {
		return 0, fmt.Errorf("status %s, want %d", resp.Status, r.status)
	}
	// Hiding io.Discard's own ReadFrom makes it use the large buffer.
	n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, resp.Body, buffer)
	if err == nil && resp.ContentLength > 0 && n != resp.ContentLength {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
