package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"go.etcd.io/bbolt"

	"pitch/store"
)

// rowVersion begins every value. A row of another version was written by a Pitch
// that came later, since migrations rewrite older ones.
const rowVersion = 1

const sealSize = 1 + crc32.Size

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// seal is a body as it is stored under k: version, CRC32C of key, version and
// body, body. bbolt notices no flipped bit in a value or key; this does.
func seal(k key, body []byte) []byte {
	out := make([]byte, sealSize, sealSize+len(body))
	out[0] = rowVersion
	binary.BigEndian.PutUint32(out[1:], checksum(k, rowVersion, body))
	return append(out, body...)
}

func checksum(k []byte, version byte, body []byte) uint32 {
	sum := crc32.Update(0, castagnoli(), k)
	sum = crc32.Update(sum, castagnoli(), []byte{version})
	return crc32.Update(sum, castagnoli(), body)
}

// unseal is the body of a stored value; it points into raw.
func unseal(k, raw []byte) ([]byte, error) {
	if len(raw) < sealSize {
		return nil, errors.New("too short to be a row")
	}
	body := raw[sealSize:]
	if binary.BigEndian.Uint32(raw[1:]) != checksum(k, raw[0], body) {
		return nil, errors.New("checksum does not match")
	}
	if raw[0] != rowVersion {
		return nil, fmt.Errorf("row version %d, this Pitch reads %d", raw[0], rowVersion)
	}
	return body, nil
}

// nothing is the body of a row whose key says it all.
type nothing struct{}

// encode is a sealed row.
func encode(k key, v any) ([]byte, error) {
	if _, empty := v.(nothing); empty {
		return seal(k, nil), nil
	}
	body, err := json.Marshal(v)
	return seal(k, body), err
}

// decode reads a sealed row into v. Its error is ErrDamaged, naming the key and
// nothing of the value.
func decode[V any](t table, k, raw []byte, v *V) error {
	body, err := unseal(k, raw)
	if err != nil {
		return damaged(t, k, err)
	}
	if _, empty := any(*v).(nothing); empty {
		if len(body) != 0 {
			return damaged(t, k, errors.New("not empty"))
		}
		return nil
	}
	if json.Unmarshal(body, v) != nil {
		return damaged(t, k, errors.New("not the JSON of its kind"))
	}
	return nil
}

func damaged(t table, k []byte, why any) error {
	return fmt.Errorf("%w: %s: %v", store.ErrDamaged, t.describe(k), why)
}

// A snapshot reads rows inside one bbolt transaction.
type snapshot struct {
	tx     *bbolt.Tx
	report func(error) // told of every damaged row met
}

// get is the row of a key, or ErrNotFound, or ErrDamaged.
func get[V any](s snapshot, t table, k key) (v V, err error) {
	defer s.catch(&err, t, k)
	raw := s.bucket(t).Get(k)
	if raw == nil {
		return v, store.ErrNotFound
	}
	return v, decode(t, k, raw, &v)
}

// scan calls each with the rows whose keys begin with prefix, in order, until it
// returns false. It passes over damaged rows and says how many there were.
func scan[V any](s snapshot, t table, prefix key, each func(k []byte, v V) bool) (bad int, err error) {
	return scanFrom(s, t, prefix, prefix, each)
}

// scanFrom is scan, beginning at a key.
func scanFrom[V any](s snapshot, t table, from, prefix key, each func(k []byte, v V) bool) (bad int, err error) {
	defer s.catch(&err, t, prefix)
	c := s.bucket(t).Cursor()
	for k, raw := c.Seek(from); k != nil && bytes.HasPrefix(k, prefix); k, raw = c.Next() {
		var v V
		if err := decode(t, k, raw, &v); err != nil {
			s.report(err)
			bad++
			continue
		}
		if !each(k, v) {
			break
		}
	}
	return bad, nil
}

// list is the rows whose keys begin with prefix, in order.
func list[V any](s snapshot, t table, prefix key) (all []V, err error) {
	_, err = scan(s, t, prefix, func(_ []byte, v V) bool {
		all = append(all, v)
		return true
	})
	return all, err
}

func (s snapshot) bucket(t table) *bbolt.Bucket {
	b := s.tx.Bucket([]byte(t.name))
	if b == nil {
		panic("the bucket is gone")
	}
	return b
}

// catch turns a fault or panic that reading a damaged page caused into
// ErrDamaged, and reports damage. A truncated file is a SIGBUS, which is a panic
// only where debug.SetPanicOnFault is on.
func (s snapshot) catch(err *error, t table, k []byte) {
	if r := recover(); r != nil {
		*err = damaged(t, k, r)
	}
	if errors.Is(*err, store.ErrDamaged) {
		s.report(*err)
	}
}
