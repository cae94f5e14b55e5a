package io.signalbox.mesh.proxy.transport;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How the body of an answer passes to its caller, when it is not as fast as both sides can.
 *
 * @param bytesPerSecond at most so many; empty for no bound
 * @param chunk so many bytes at once and no more; 0 for no bound
 * @param every how long after a chunk the next one may pass
 * @param resetAfter once so many bytes have passed the caller's connection is reset; empty for never
 */
public record AnswerPace(OptionalInt bytesPerSecond, int chunk, Duration every, OptionalInt resetAfter) {}
