package nudges_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pitch/nudges"
)

// unwanted is what no text says: orders and guilt, claims of what something does
// for sales, and comparisons with others.
func unwanted() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"a banned word": regexp.MustCompile(`(?i)\b(should|must|fail(ed|ure)?|lazy|still haven't|last chance|need to|guilt\w*|streaks?|shame|behind|overdue|hurry|only today|quota|target)\b`),
		"an outcry":     regexp.MustCompile(`!`),
		"a claim":       regexp.MustCompile(`(?i)\b(proven|works|boosts?|increases?|doubles?|guarantee\w*|always|studies|research|on average|more sales|\d+ ?%)`),
		"a comparison":  regexp.MustCompile(`(?i)\b(others|other founders|than most|most people|everyone|everybody|better than|best|top|rank\w*)\b`),
	}
}

// fillings are what slots are filled with, at their longest.
func fillings() *strings.Replacer {
	return strings.NewReplacer("{who}", strings.Repeat("W", nudges.MaxWho), "{reason}", "we chose someone else", "{n}", "seven", "{day}", "Wed 24 Nov")
}

func TestTexts(t *testing.T) {
	seen, quotes := map[string]string{}, regexp.MustCompile(`“[^”]*”`)
	for _, k := range nudges.Kinds() {
		for _, v := range k.Variants {
			if len(v.Texts) < 3 || v.Rule == "" || len(v.Buttons) == 0 || k.Label == "" || k.Never == "" {
				t.Errorf("%s/%s has %d texts, the rule %q, the buttons %q", k.Name, v.Name, len(v.Texts), v.Rule, v.Buttons)
			}
			for _, text := range append(v.Texts[:len(v.Texts):len(v.Texts)], v.Rule) {
				lint(t, text)
			}
			for _, text := range v.Texts {
				if seen[text] != "" {
					t.Errorf("%s and %s both say %q", seen[text], k.Name, text)
				}
				seen[text] = k.Name
				if n := strings.Count(text, "?"); n > 1 {
					t.Errorf("%d questions: %q", n, text)
				}
				if k.Class == nudges.Support && k.Name != nudges.KindBack && k.Name != nudges.KindPractise &&
					regexp.MustCompile(`(?i)\bask (for|them|him|her|today|this)`).MatchString(quotes.ReplaceAllString(text, "")) {
					t.Errorf("support asks for an ask: %q", text)
				}
			}
		}
	}
}

func lint(t *testing.T, text string) {
	t.Helper()
	for what, is := range unwanted() {
		if found := is.FindString(text); found != "" {
			t.Errorf("%s, %q, is in %q", what, found, text)
		}
	}
	filled := fillings().Replace(text)
	first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(text, "“"))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(text, "”"))
	switch {
	case utf8.RuneCountInString(filled) > nudges.MaxText:
		t.Errorf("%d characters: %q", utf8.RuneCountInString(filled), filled)
	case strings.ContainsAny(filled, "{}"):
		t.Errorf("a slot is left in %q", filled)
	case first != '{' && !unicode.IsUpper(first), !strings.ContainsRune(".?", last):
		t.Errorf("not a sentence: %q", text)
	case strings.ContainsAny(text, "\"'") && strings.Contains(text, "\""), strings.Contains(text, "  "), text != strings.TrimSpace(text):
		t.Errorf("spaces or straight quotes in %q", text)
	}
	for word := range strings.FieldsSeq(text) {
		if word = strings.Trim(word, "“”.,:;?"); len(word) > 1 && word == strings.ToUpper(word) && strings.ToLower(word) != word {
			t.Errorf("shouting: %q", text)
		}
	}
}

func TestSources(t *testing.T) {
	var kinds, of []string
	for _, k := range nudges.Kinds() {
		kinds = append(kinds, k.Name)
	}
	for _, s := range nudges.Sources() {
		of = append(of, s.Kind)
		if n := utf8.RuneCountInString(s.Says); n < 40 || n > 400 {
			t.Errorf("%d characters on %s", n, s.Kind)
		}
		if strings.Contains(s.Says, "65 %") || strings.Contains(s.Says, "80 %") || strings.Contains(s.Says, "95 %") {
			t.Errorf("%s quotes what is not to be quoted: %s", s.Kind, s.Says)
		}
	}
	if strings.Join(kinds, " ") != strings.Join(of, " ") {
		t.Errorf("the kinds are %v, their sources %v", kinds, of)
	}
	if !strings.Contains(nudges.SourcesNote, "None of it was measured on founders") {
		t.Error(nudges.SourcesNote)
	}
}
