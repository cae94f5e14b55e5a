package io.signalbox.console.policies;

/**
 * One service in the list.
 *
 * @param revision of what holds; 0 while nobody has written a policy
 * @param notes how many there are on what holds
 * @param edited whether something is written that has not been applied
 */
record PolicyRow(String service, long revision, int notes, boolean edited) {}
