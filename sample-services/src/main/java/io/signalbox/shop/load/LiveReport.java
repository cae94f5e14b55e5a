package io.signalbox.shop.load;

/**
 * What came over the shoppers' live connections since the start.
 *
 * @param open connections now
 * @param opened connections so far; more than are open when some had to be made again
 * @param messages received
 */
public record LiveReport(int open, long opened, long messages) {}
