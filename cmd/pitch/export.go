package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"pitch/store/bolt"
)

// export writes every record to standard output, asking the bot that runs on
// the store, or opening the store itself where none does.
func export(ctx context.Context, p process, args []string) error {
	path, err := storeConfig("export", p, args)
	if err != nil {
		return err
	}
	answer, err := ask(ctx, path, "/export")
	if errors.Is(err, errNobodyThere) {
		return exportFile(ctx, path, p.Stdout)
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(p.Stdout, answer.Body); err != nil {
		return fmt.Errorf("the export is incomplete: %w", err)
	}
	if trouble := answer.Trailer.Get(exportTrailer); trouble != "" {
		return fmt.Errorf("the export is incomplete: %s", trouble)
	}
	return nil
}

func exportFile(ctx context.Context, path string, to io.Writer) (err error) {
	// Opening would make a new, empty store where a name was misspelt.
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no store at %s; --store or PITCH_STORE says where it is", path)
	}
	st, err := bolt.Open(ctx, bolt.Config{Path: path, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("opening the store: %w", err)
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if err := writeRecords(ctx, st, to); err != nil {
		return fmt.Errorf("the export is incomplete: %w", err)
	}
	return nil
}
