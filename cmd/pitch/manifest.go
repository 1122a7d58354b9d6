package main

import (
	"context"
	"flag"
	"fmt"

	"pitch/bot"
)

func printManifest(_ context.Context, p process, args []string) error {
	set := flag.NewFlagSet("manifest", flag.ContinueOnError)
	link := set.Bool("link", false, "print the address that creates the app instead")
	if err := parseFlags(set, p, args); err != nil {
		return err
	}
	if *link {
		_, err := fmt.Fprintln(p.Stdout, bot.ManifestLink())
		return err
	}
	_, err := p.Stdout.Write(bot.Manifest())
	return err
}
