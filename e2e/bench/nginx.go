package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// nginxConfig is one worker without a master, as fast as nginx serves files, that
// writes a line per request as the program does. %[1]s is its folder, %[2]s where
// it listens.
const nginxConfig = `daemon off;
master_process off;
worker_processes 1;
pid %[1]s/nginx.pid;
error_log stderr;
events { worker_connections 256; }
http {
	access_log %[1]s/access.log;
	default_type application/octet-stream;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 100000000;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	server {
		listen %[2]s;
		root %[1]s/files;
		location /memory/ { sendfile off; } # the bytes pass through it, as ours do
	}
}
`

// nginx serves the files below files/ of its folder.
type nginx struct {
	*process
	dir string
}

// startNginx starts nginx with an empty set of files in a new folder below dir.
func startNginx(ctx context.Context, dir string) (*nginx, error) {
	path, err := findNginx()
	if err != nil {
		return nil, err
	}
	n := &nginx{dir: filepath.Join(dir, "nginx")}
	if err := os.MkdirAll(filepath.Join(n.dir, "files"), 0o700); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	config := filepath.Join(n.dir, "nginx.conf")
	if err := os.WriteFile(config, fmt.Appendf(nil, nginxConfig, n.dir, address), 0o600); err != nil {
		return nil, err
	}
	n.process, err = launch(ctx, n.dir, address, exec.Command(path, "-p", n.dir, "-c", config, "-e", "stderr"))
	return n, err
}

// findNginx looks where Debian puts it, too, which is not on every PATH.
func findNginx() (string, error) {
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("nginx is not installed: run make bench, which installs it on Debian as root")
}

// put gives nginx the bytes to serve at path.
func (n *nginx) put(path string, body []byte) error {
	file := filepath.Join(n.dir, "files", filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o600)
}
