package io.signalbox.console.excerpt;

import io.signalbox.mesh.model.status.ServiceStatus;
import java.util.Comparator;

/**
 * A service that may be shown, and why others are shown rather: of each of these what is false, or less, comes first.
 *
 * @param near whether it is only near those that were asked for
 * @param whole whether its traffic is not split
 * @param well whether it is in no trouble
 * @param fresh whether it was not shown before
 * @param idle the less traffic it has
 */
record Candidate(ServiceStatus service, boolean near, boolean whole, boolean well, boolean fresh, double idle) {

    private static final Comparator<Candidate> AMONG_EQUALS = Comparator.comparing(Candidate::fresh)
            .thenComparingDouble(Candidate::idle)
            .thenComparing(candidate -> candidate.service().name());

    /** The first of these are shown. */
    static final Comparator<Candidate> KEPT = Comparator.comparing(Candidate::near)
            .thenComparing(Candidate::whole)
            .thenComparing(Candidate::well)
            .thenComparing(AMONG_EQUALS);

    /** In this order. */
    static final Comparator<Candidate> SHOWN = Comparator.comparing(Candidate::near)
            .thenComparing(Candidate::well)
            .thenComparing(Candidate::whole)
            .thenComparing(AMONG_EQUALS);
}
