package httpd_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vivarium/app/httpd"
)

// serve runs a server of h until the returned function is called, which gives
// back what Serve returned.
func serve(t *testing.T, h http.Handler, patience time.Duration) (address string, stop func() error) {
	t.Helper()
	server, err := httpd.Listen("127.0.0.1:0", "", "", h, options().Log, patience)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(ctx) }()
	t.Cleanup(cancel)
	return server.Address().String(), func() error {
		cancel()
		return <-ended
	}
}

func TestFilesGoOutBySendfile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.conda")
	if err := os.WriteFile(path, []byte("bytes of a package"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options()
	o.Conda = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := w.(io.ReaderFrom); !ok {
			t.Error("the handler's writer is no io.ReaderFrom")
		}
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
			t.Errorf("the server's writer cannot be reached: %v", err)
		}
		http.ServeFile(w, r, path)
	})
	address, _ := serve(t, build(t, o), time.Second)
	answer, err := http.Get("http://" + address + "/conda/ada/noarch/x.conda")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "bytes of a package" {
		t.Errorf("body = %q, %v", body, err)
	}
}

func TestFlushReachesTheClient(t *testing.T) {
	t.Parallel()
	o := options()
	going := make(chan struct{})
	o.API = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "first")
		w.(http.Flusher).Flush()
		<-going
	})
	address, _ := serve(t, build(t, o), time.Second)
	answer, err := http.Get("http://" + address + "/api")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	first := make([]byte, 5)
	if _, err := io.ReadFull(answer.Body, first); err != nil || string(first) != "first" {
		t.Errorf("read %q, %v before the handler was done", first, err)
	}
	close(going)
}

// slow is a surface that says when it began and answers when told to.
func slow() (h http.Handler, began, finish chan struct{}) {
	began, finish = make(chan struct{}), make(chan struct{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		select {
		case <-finish:
			_, _ = io.WriteString(w, "whole")
		case <-r.Context().Done():
		}
	}), began, finish
}

func TestRequestsUnderWayFinish(t *testing.T) {
	t.Parallel()
	o := options()
	h, began, finish := slow()
	o.API = h
	address, stop := serve(t, build(t, o), time.Minute)
	body := make(chan string, 1)
	go func() { body <- get(address) }()
	<-began
	ended := make(chan error, 1)
	go func() { ended <- stop() }()
	waitUntilRefused(t, address)
	close(finish)
	if got := <-body; got != "whole" {
		t.Errorf("the answer = %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve = %v", err)
	}
}

func TestPatienceEnds(t *testing.T) {
	t.Parallel()
	o := options()
	h, began, _ := slow()
	o.API = h
	address, stop := serve(t, build(t, o), 10*time.Millisecond)
	body := make(chan string, 1)
	go func() { body <- get(address) }()
	<-began
	if err := stop(); err != nil {
		t.Errorf("Serve = %v", err)
	}
	if got := <-body; got == "whole" {
		t.Errorf("the answer = %q", got)
	}
}

func get(address string) string {
	answer, err := http.Get("http://" + address + "/api")
	if err != nil {
		return err.Error()
	}
	defer func() { _ = answer.Body.Close() }()
	body, _ := io.ReadAll(answer.Body)
	return string(body)
}

func waitUntilRefused(t *testing.T, address string) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		answer, err := http.Get("http://" + address + "/health/live")
		if err != nil {
			return
		}
		_ = answer.Body.Close()
	}
	t.Fatal("the server still takes new requests")
}

func TestAddressInUse(t *testing.T) {
	t.Parallel()
	address, _ := serve(t, build(t, options()), time.Second)
	if _, err := httpd.Listen(address, "", "", nil, options().Log, 0); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Errorf("error = %v", err)
	}
}

func TestHTTPS(t *testing.T) {
	t.Parallel()
	cert, key := selfSigned(t)
	server, err := httpd.Listen("127.0.0.1:0", cert, key, build(t, options()), options().Log, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(t.Context()) }()
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	answer, err := client.Get("https://" + server.Address().String() + "/api")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if body, _ := io.ReadAll(answer.Body); !strings.HasPrefix(string(body), "api /api https://127.0.0.1:") {
		t.Errorf("body = %q", body)
	}
	if _, err := httpd.Listen("127.0.0.1:0", key, cert, nil, options().Log, 0); err == nil || !strings.Contains(err.Error(), "tls.cert") {
		t.Errorf("key and certificate in each other's place: %v", err)
	}
}

// selfSigned writes a certificate for nobody and returns its files.
func selfSigned(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	public, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: public}, key: {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}
