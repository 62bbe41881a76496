package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// mailbox is an SMTP server, aiosmtpd, and what it was given.
type mailbox struct {
	t      *testing.T
	host   string
	port   string
	folder string
	cert   string // of the server, when it encrypts
	cmd    *exec.Cmd
}

// startMailbox starts an SMTP server. mode is starttls, tls, or empty for none;
// credentials are a username and a password that it asks for.
func startMailbox(t *testing.T, mode string, credentials ...string) *mailbox {
	t.Helper()
	host, port, err := net.SplitHostPort(freeAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	m := &mailbox{t: t, host: host, port: port, folder: t.TempDir()}
	m.start(mode, credentials)
	t.Cleanup(m.stop)
	return m
}

func (m *mailbox) start(mode string, credentials []string) {
	m.t.Helper()
	python, err := filepath.Abs("../.tools/venv/bin/python")
	if err != nil {
		m.t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		lacks(m.t, "aiosmtpd")
	}
	script, err := filepath.Abs("testdata/smtp.py")
	if err != nil {
		m.t.Fatal(err)
	}
	args := []string{script, m.port, m.folder}
	if mode != "" {
		cert, key := selfSigned(m.t)
		m.cert = cert
		args = append(args, mode, cert, key)
		args = append(args, credentials...)
	}
	log := &buffer{}
	m.cmd = exec.Command(python, args...)
	m.cmd.Env, m.cmd.Stdout, m.cmd.Stderr = plainEnv(m.folder), log, log
	if err := m.cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	within(m.t, 30*time.Second, "the SMTP server is not ready", func() bool { return strings.Contains(log.String(), "ready") })
}

// stop ends the server, as if it were down.
func (m *mailbox) stop() {
	if m.cmd != nil {
		_ = m.cmd.Process.Kill()
		_ = m.cmd.Wait() // it was killed
		m.cmd = nil
	}
}

// settings make the program send its mail here.
func (m *mailbox) settings(mode string, more ...string) []string {
	list := append([]string{"VIVARIUM_MAIL_HOST=" + m.host, "VIVARIUM_MAIL_PORT=" + m.port, "VIVARIUM_MAIL_TLS=" + mode,
		"VIVARIUM_MAIL_FROM=Vivarium <packages@example.test>"}, more...)
	if m.cert != "" {
		list = append(list, "SSL_CERT_FILE="+m.cert)
	}
	return list
}

// letter is a mail that arrived.
type letter struct {
	to, subject, raw string
}

// letters are what arrived so far, in order.
func (m *mailbox) letters() []letter {
	m.t.Helper()
	names, err := filepath.Glob(filepath.Join(m.folder, "*.eml"))
	if err != nil {
		m.t.Fatal(err)
	}
	slices.Sort(names)
	var all []letter
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			m.t.Fatal(err)
		}
		msg, err := mail.ReadMessage(strings.NewReader(string(raw)))
		if err != nil {
			m.t.Fatal(err)
		}
		all = append(all, letter{msg.Header.Get("To-Envelope"), msg.Header.Get("Subject"), string(raw)})
	}
	return all
}

// next waits for a mail to an address with a subject, beyond the first n.
func (m *mailbox) next(n int, to, subject string) letter {
	m.t.Helper()
	var found letter
	within(m.t, time.Minute, fmt.Sprintf("no mail %q to %s", subject, to), func() bool {
		for _, l := range m.letters()[n:] {
			if l.to == to && strings.Contains(l.subject, subject) {
				found = l
				return true
			}
		}
		return false
	})
	return found
}

var links = regexp.MustCompile(`(?m)^ *(https?://[^\s/]+)(/\S*)`)

// link is the first link in the text of a mail: the site, and the path with its
// query.
func (l letter) link(t *testing.T) (site, path string) {
	t.Helper()
	m := links.FindStringSubmatch(l.raw)
	if m == nil {
		t.Fatalf("no link in\n%s", l.raw)
	}
	return m[1], m[2]
}

// within polls until done, at most for as long as that.
func within(t *testing.T, wait time.Duration, otherwise string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(wait)
	for !done() {
		select {
		case <-deadline:
			t.Fatal(otherwise)
		case <-tick.C:
		}
	}
}

// selfSigned makes a certificate for the loopback and its key, as files.
func selfSigned(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	public, err := x509.CreateCertificate(rand.Reader, form, form, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "EC PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}
