package main

import (
	"context"
	_ "embed" // seed.sql
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// model is the package whose rows seed.sql copies.
const model = "model"

//go:embed seed.sql
var seedSQL []byte

// seed adds so many records to the channel of the stopped site in the folder data,
// by SQL: that is some thousand times as fast as uploads. The program reads them as
// it reads its own, and has never been asked for an index of that channel.
func seed(ctx context.Context, data string, files int) error {
	if files == 0 {
		return nil
	}
	script := filepath.Join(data, "seed.sql")
	if err := os.WriteFile(script, seedSQL, 0o600); err != nil {
		return err
	}
	database := filepath.Join(data, "vivarium.db")
	cmd := exec.CommandContext(ctx, "sqlite3", "-bail", database, ".param init", fmt.Sprintf(".param set :files %d", files), ".read '"+script+"'")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("seed %d files with sqlite3: %w\n%s", files, err, out)
	}
	return nil
}

// makeModel makes a site in the folder data with nothing but the model's package.
func makeModel(ctx context.Context, p program, data string) (a api, err error) {
	server, err := p.serve(ctx, data)
	if err != nil {
		return a, err
	}
	defer func() {
		if stopped := server.stop(); err == nil {
			err = stopped
		}
	}()
	s := site{data: data}
	if a, err = s.open(ctx, p, server); err != nil {
		return a, err
	}
	const size = 20 << 10
	made, err := textPackage(model, firstVersion, size)
	if err != nil {
		return a, err
	}
	return a, a.upload(ctx, made)
}
