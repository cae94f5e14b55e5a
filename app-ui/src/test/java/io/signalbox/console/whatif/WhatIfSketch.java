package io.signalbox.console.whatif;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Answers that a test makes up. */
public final class WhatIfSketch {

    private WhatIfSketch() {}

    /** Something of everything. */
    public static WhatIf full() {
        return new WhatIf(
                "catalog",
                4,
                SnapshotFixtures.AT.minus(Duration.ofMinutes(10)),
                SnapshotFixtures.AT,
                824,
                40,
                812,
                3_410L,
                0,
                List.of(new WhatIf.Unknown(WhatIf.Reason.HEAD_CUT, 12)),
                List.of(
                        change(Kind.VERSION, "v1", "v2", 96, 11.8, Certainty.EXACT, "r-77001234", "r-5", "r-2"),
                        change(Kind.DENIED, "", "rule no-guests", 3, 0.1, Certainty.EXACT, "r-3"),
                        change(Kind.LIMITED, "", "", 8, 1.0, Certainty.ESTIMATE, "r-1")),
                List.of("loadBalancing"),
                null);
    }

    /** So many changes of one kind. */
    public static WhatIf ofChanges(int count) {
        WhatIf full = full();
        return new WhatIf(
                full.service(),
                full.policyRevision(),
                full.from(),
                full.until(),
                full.recorded(),
                full.troubled(),
                full.evaluated(),
                full.counted(),
                full.passedOver(),
                List.of(),
                Collections.nCopies(count, full.changes().getFirst()),
                List.of(),
                null);
    }

    /** Of which nothing is kept. */
    public static WhatIf nothing() {
        return new WhatIf(
                "catalog",
                0,
                SnapshotFixtures.AT.minus(Duration.ofMinutes(10)),
                SnapshotFixtures.AT,
                0,
                0,
                0,
                null,
                0,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static Change change(
            Kind kind, String from, String to, long requests, double percent, Certainty certainty, String... ids) {
        return new Change(kind, from, to, requests, percent, certainty, "why", List.of(ids));
    }
}
