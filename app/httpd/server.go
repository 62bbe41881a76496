package httpd

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	headerSize    = 64 << 10
)

// Server answers requests on one address. There is no time limit on a whole
// answer: a large download takes as long as it takes.
type Server struct {
	http     *http.Server
	listener net.Listener
	log      *slog.Logger
	patience time.Duration
}

// Listen opens address for a server of h. With the names of a certificate and its
// key it speaks HTTPS. patience is how long requests under way may take when the
// server is stopped.
func Listen(address, cert, key string, h http.Handler, log *slog.Logger, patience time.Duration) (*Server, error) {
	s := &Server{log: log, patience: patience, http: &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerSize,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}
	if cert != "" {
		pair, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, fmt.Errorf("read tls.cert and tls.key: %w", err)
		}
		s.http.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	var err error
	s.listener, err = net.Listen("tcp", address)
	return s, err
}

// Address is what the server listens on, with the port that it was given.
func (s *Server) Address() net.Addr { return s.listener.Addr() }

// Close stops listening; it is for a server that never serves.
func (s *Server) Close() error { return s.listener.Close() }

// Serve answers requests until ctx is done, then lets those under way finish.
// Who takes longer than the patience is cut off.
func (s *Server) Serve(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- s.run() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience)
	defer cancel()
	if err := s.http.Shutdown(last); err != nil {
		s.log.WarnContext(last, "requests under way were cut off", "error", err)
		_ = s.http.Close() // they are lost either way
	}
	<-ended
	return nil
}

func (s *Server) run() error {
	var err error
	if s.http.TLSConfig != nil {
		err = s.http.ServeTLS(s.listener, "", "")
	} else {
		err = s.http.Serve(s.listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
