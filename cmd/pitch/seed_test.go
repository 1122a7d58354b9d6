package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"pitch/store"
	"pitch/store/bolt"
)

// fillStore writes a store with so many founders: fill-store pitch.db 2
func fillStore(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill-store file founders")
	}
	founders, err := strconv.Atoi(args[1])
	ts.Check(err)
	ctx := context.Background()
	st, err := bolt.Open(ctx, bolt.Config{Path: ts.MkAbs(args[0])})
	ts.Check(err)
	now := time.Date(2026, time.November, 25, 9, 0, 0, 0, time.UTC)
	for n := range founders {
		owner := store.Owner{Team: "T1", User: store.UserID(fmt.Sprintf("U%d", n+1))}
		ts.Check(st.Change(ctx, store.Cause{Now: now}, owner, seedFounder))
	}
	ts.Check(st.Close())
}

func seedFounder(b *store.Book) error {
	if _, err := b.Join("Europe/Berlin"); err != nil {
		return err
	}
	if _, err := b.Log("<Müller & Söhne>", store.Activity{Kind: store.Call, OccurredOn: b.Today(), Note: "said “maybe”"}); err != nil {
		return err
	}
	p, _, err := b.AddProspect("Acme")
	if err != nil {
		return err
	}
	day := b.Today() + 1
	_, err = b.Commit(store.Commitment{Kind: store.Call, Prospect: p.ID, DueOn: day, DueAt: day.At("15:00", b.Location())})
	return err
}
