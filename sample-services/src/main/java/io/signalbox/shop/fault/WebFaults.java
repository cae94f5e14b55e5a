package io.signalbox.shop.fault;

import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Pause;
import io.signalbox.shop.web.Reply;
import java.time.Duration;

/**
 * The faults of what speaks HTTP, each as an application around the one it strikes. Health checks pass, whatever is
 * broken.
 */
final class WebFaults {

    /** The share of the broken category's listings that fail: with six categories, about 3 % of all requests. */
    static final double BAD_CANARY_FAILS = 0.2;

    static final String BAD_CANARY_CATEGORY = "garden";
    static final double COLD_CACHE = 0.03;
    static final double ANSWER_LOST = 1.0 / 5;
    static final double MAIL_HELD = 1.0 / 3;
    static final Duration LONGEST_HELD = Duration.ofMinutes(1);

    /** One item of the bakery: to be asked about all that is baked is to be asked about it. */
    static final String UNREADABLE_ITEM = "sourdough";

    private static final Duration GLANCE = Duration.ofMillis(100);

    private final FaultBoard faults;
    private final Pause pause;

    WebFaults(FaultBoard faults, Pause pause) {
        this.faults = faults;
        this.pause = pause;
    }

    Application badCanary(Application application, Chance chance) {
        return call -> {
            if (spares(PlantedFault.BAD_CANARY, call)) {
                return application.answer(call);
            }
            if (BAD_CANARY_CATEGORY.equals(call.query().get("category")) && chance.hits(BAD_CANARY_FAILS)) {
                return Reply.problem(500, "No shelf for " + BAD_CANARY_CATEGORY);
            }
            if (chance.hits(COLD_CACHE)) {
                pause.last(Duration.ofMillis(chance.between(150, 350)));
            }
            return application.answer(call);
        };
    }

    /** What strikes the canary as a bug strikes both as an outage: a shelf that nobody can reach. */
    Application shelfOutage(Application application, Chance chance) {
        return call -> !spares(PlantedFault.BAD_CANARY_STABLE_TOO, call)
                        && BAD_CANARY_CATEGORY.equals(call.query().get("category"))
                        && chance.hits(BAD_CANARY_FAILS)
                ? Reply.problem(500, "No shelf for " + BAD_CANARY_CATEGORY)
                : application.answer(call);
    }

    Application paymentBurst(Application application) {
        return call -> spares(PlantedFault.PAYMENT_BURST, call)
                ? application.answer(call)
                : Reply.problem(503, "Payment is overwhelmed");
    }

    Application bankTooBusy(Application application) {
        return call -> spares(PlantedFault.BANK_429, call)
                ? application.answer(call)
                : Reply.problem(429, "Too many authorizations").withHeader("retry-after", "1");
    }

    Application slowRatings(Application application, Chance chance) {
        return call -> {
            if (!spares(PlantedFault.SLOW_RATINGS, call)) {
                pause.last(Duration.ofMillis(chance.between(2_500, 3_500)));
            }
            return application.answer(call);
        };
    }

    /** The money is taken before the answer is lost: that is what makes a second try cost it twice. */
    Application doubleCharge(Application application, Chance chance) {
        return call -> {
            Reply reply = application.answer(call);
            return !spares(PlantedFault.DOUBLE_CHARGE, call) && reply.status() < 300 && chance.hits(ANSWER_LOST)
                    ? Reply.problem(500, "The answer is lost")
                    : reply;
        };
    }

    Application reviewsDown(Application application) {
        return call -> !spares(PlantedFault.REVIEWS_DOWN, call)
                        && call.query().getOrDefault("items", "").contains(UNREADABLE_ITEM)
                ? Reply.problem(500, "Cannot read the reviews of " + UNREADABLE_ITEM)
                : application.answer(call);
    }

    /** Nobody who waits is let go before the fault is off, or a minute has passed. */
    Application mailerLeak(Application application, Chance chance) {
        return call -> {
            if (!spares(PlantedFault.MAILER_LEAK, call) && chance.hits(MAIL_HELD)) {
                Duration held = Duration.ZERO;
                while (faults.isOn(PlantedFault.MAILER_LEAK)
                        && held.compareTo(LONGEST_HELD) < 0
                        && !Thread.currentThread().isInterrupted()) {
                    pause.last(GLANCE);
                    held = held.plus(GLANCE);
                }
            }
            return application.answer(call);
        };
    }

    Application reviewsDiff(Application application, Chance chance) {
        MissingRemarks missing = MissingRemarks.drawn(chance);
        return call -> {
            Reply reply = application.answer(call);
            return spares(PlantedFault.REVIEWS_DIFF, call) || reply.status() != 200 ? reply : missing.from(reply);
        };
    }

    private boolean spares(PlantedFault fault, Call call) {
        return !faults.isOn(fault) || call.path().equals("/health");
    }
}
