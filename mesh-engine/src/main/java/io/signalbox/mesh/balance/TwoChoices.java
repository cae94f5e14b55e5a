package io.signalbox.mesh.balance;

import java.util.random.RandomGenerator;

/** The power of two choices (Mitzenmacher 2001): two different candidates are drawn, and the better one is taken. */
final class TwoChoices {

    private TwoChoices() {}

    /** Returns the place of the second, given that of the first; each other place is as likely. */
    static int second(RandomGenerator random, int count, int first) {
        int drawn = random.nextInt(count - 1);
        return drawn >= first ? drawn + 1 : drawn;
    }
}
