package io.signalbox.mesh.mirror;

/**
 * One field in which answers differed.
 *
 * @param field {@code status}, {@code header NAME}, {@code body} or {@code body POINTER}
 * @param differing answers of the mirror that differed in it from the caller's
 * @param noisy answers of a second primary that did so
 * @param noise whether primaries differ in it among themselves, so that it says nothing about the mirror
 * @param primary an example of what the caller got
 * @param mirror what the mirror answered to the same request
 */
public record FieldDifference(String field, long differing, long noisy, boolean noise, String primary, String mirror) {}
