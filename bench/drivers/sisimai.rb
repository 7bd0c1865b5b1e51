# Sisimai for Ruby, 4 or 5. What a driver does: node.mjs.
require 'json'
require 'sisimai'

list, warm, seconds = ARGV
MESSAGES = File.readlines(list, chomp: true).map { |path| File.binread(path) }
METHOD = Sisimai.respond_to?(:rise) ? :rise : :make
$failures = 0

def read_all
  MESSAGES.each do |message|
    result = Sisimai.public_send(METHOD, message.dup)
    yield result
  rescue StandardError
    $failures += 1
  end
end

def read_for(limit)
  start = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID)
  passes = 0
  elapsed = 0
  while elapsed < limit
    read_all { |_| }
    passes += 1
    elapsed = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) - start
  end
  { messages: passes * MESSAGES.size, seconds: elapsed }
end

count = 0
read_all do |facts|
  count += 1 if (facts || []).any? { |fact| fact.action == 'failed' && !fact.recipient.address.empty? }
end
first = { failures: $failures, named: count }
read_for(warm.to_f)
measured = read_for(seconds.to_f)
peak = File.read('/proc/self/status')[/^VmHWM:\s+(\d+) kB/, 1].to_i * 1024
puts JSON.generate({ **measured, rssBytes: peak, **first })
