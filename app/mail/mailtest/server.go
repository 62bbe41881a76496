// Package mailtest is an SMTP server for tests, small but spoken to over a real
// connection. It keeps what it is given.
package mailtest

import (
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"vivarium/app/mail"
)

// Server is a running SMTP server on the loopback.
type Server struct {
	Host string
	Port int

	listener net.Listener
	mu       sync.Mutex
	mails    []Mail
	refusal  string
	login    string // that AUTH PLAIN must send, decoded; empty: none is asked
}

// Start runs a server until the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, listener: l}
	t.Cleanup(func() { l.Close() })
	go s.accept()
	return s
}

// Sender hands mails to this server.
func (s *Server) Sender(t testing.TB) *mail.Sender {
	t.Helper()
	sender, err := mail.New(mail.Options{Host: s.Host, Port: s.Port, From: "Vivarium <packages@vivarium.test>", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// Refuse makes the server answer each recipient with a line such as "550 no such
// mailbox"; an empty one takes that back.
func (s *Server) Refuse(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusal = line
}

// Ask makes the server want AUTH PLAIN with that name and password.
func (s *Server) Ask(username, password string) { s.login = "\x00" + username + "\x00" + password }

// Stop ends the server, as if it were down.
func (s *Server) Stop() { s.listener.Close() }

// Mails returns what was given to the server, in order.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go s.talk(conn)
	}
}

// talk speaks SMTP (RFC 5321) as far as a client needs to hand over a mail.
func (s *Server) talk(conn net.Conn) {
	defer conn.Close()
	c := textproto.NewConn(conn)
	say := func(line string) { _ = c.PrintfLine("%s", line) } // who left hears nothing
	say("220 mailtest ESMTP")
	var m Mail
	for {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		verb, rest, _ := strings.Cut(line, " ")
		switch strings.ToUpper(verb) {
		case "EHLO":
			s.hello(say)
		case "AUTH":
			say(s.authenticate(rest))
		case "MAIL":
			m = Mail{From: address(rest)}
			say("250 ok")
		case "RCPT":
			m.To = address(rest)
			say(s.recipient())
		case "DATA":
			say("354 go on")
			raw, err := io.ReadAll(c.DotReader())
			if err != nil {
				return
			}
			m.Raw = string(raw)
			s.keep(m)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default: // NOOP, RSET
			say("250 ok")
		}
	}
}

func (s *Server) hello(say func(string)) {
	say("250-mailtest")
	if s.login != "" {
		say("250-AUTH PLAIN")
	}
	say("250 8BITMIME")
}

func (s *Server) recipient() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refusal != "" {
		return s.refusal
	}
	return "250 ok"
}

func (s *Server) keep(m Mail) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
}

// address reads what stands in angle brackets.
func address(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}

func (s *Server) authenticate(rest string) string {
	want := fmt.Sprintf("PLAIN %s", encode(s.login))
	if s.login == "" || rest != want {
		return "535 wrong username or password"
	}
	return "235 welcome"
}
