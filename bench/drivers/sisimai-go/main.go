// Sisimai for Go. What a driver does: ../node.mjs.
package main

import (
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"libsisimai.org/sisimai"
)

var messages []string
var failures = 0

// names reads one message; a panic is a failure, as an exception is elsewhere.
func names(message string) (named bool) {
	defer func() {
		if recover() != nil {
			failures++
		}
	}()
	facts, _ := sisimai.Rise(message, sisimai.Args())
	if facts == nil {
		return false
	}
	for _, fact := range *facts {
		if fact.Action == "failed" && fact.Recipient.Address != "" {
			return true
		}
	}
	return false
}

func readFor(limit float64) (int, float64) {
	start := processorTime()
	passes, elapsed := 0, 0.0
	for elapsed < limit {
		for _, message := range messages {
			names(message)
		}
		passes++
		elapsed = processorTime() - start
	}
	return passes * len(messages), elapsed
}

func processorTime() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func slurp(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return string(content)
}

func seconds(argument string) float64 {
	value, err := strconv.ParseFloat(argument, 64)
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	for _, path := range strings.FieldsFunc(slurp(os.Args[1]), func(r rune) bool { return r == '\n' }) {
		messages = append(messages, slurp(path))
	}
	named := 0
	for _, message := range messages {
		if names(message) {
			named++
		}
	}
	failed := failures
	readFor(seconds(os.Args[2]))
	read, took := readFor(seconds(os.Args[3]))
	peak := regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB`).FindStringSubmatch(slurp("/proc/self/status"))
	kilobytes, _ := strconv.Atoi(peak[1])
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"messages": read, "seconds": took, "rssBytes": kilobytes * 1024, "failures": failed, "named": named,
	})
}
