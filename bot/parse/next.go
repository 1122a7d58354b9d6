package parse

// leads stand before what is still to come in a note.
const leads = "and then next so will i'll ill i to need needs should must have has we we'll going promised agreed wants want asked me us please just also again send a an the our"

// nextStep reads what a note says is still to come, such as "call back tomorrow
// 3pm". Nil where it names no day, or nothing Pitch keeps.
func (p *parser) nextStep(note string, who Who) *Commit {
	if note == "" || who.Candidates != nil {
		return nil
	}
	q := p.on(note)
	q.promise = true
	for i := 0; i < len(q.toks); i = q.segment(i) + 1 {
		if c := q.nextAt(i, q.segment(i), who); c != nil {
			return c
		}
	}
	return nil
}

// nextAt reads one part of a note, wholly.
func (p *parser) nextAt(i, end int, who Who) *Commit {
	for i < end && p.is(i, leads) {
		i++
	}
	m, n := longest(p, i, end, verbs)
	if n == 0 || m.tense != base || !m.harmless() || m.known {
		return nil
	}
	j := i + n
	for j < end {
		if w, k := p.knownAt(j, end); k > 0 && w.ID == who.ID {
			j += k
		} else if p.is(j, "him her them me us back again up with to") && !p.startsDate(j, end) {
			j++
		} else {
			break
		}
	}
	d := draft{kind: m.kind}
	if _, ok := p.tail(j, end, &d); !ok || d.trouble != nil || d.when.zero() || d.every != "" {
		return nil
	}
	day, clock, at, t := p.due(d.when, false)
	if t != nil || day == 0 || day > p.today+MaxAhead {
		return nil
	}
	return &Commit{Kind: m.kind, Who: who, Count: 1, DueOn: day, At: clock, DueAt: at, For: d.purpose.said}
}

func (p *parser) startsDate(j, end int) bool {
	_, n := p.date(j, end, forward)
	return n > 0
}
