package io.signalbox.shop.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A fault that can be switched on, and what it teaches. */
public enum PlantedFault {
    BAD_CANARY(
            "bad-canary",
            1,
            "catalog",
            "Catalog v2 fails about 3 % of its requests, all of them listings of one category, and is slow when its"
                    + " cache is cold.",
            "A canary that looks fine on average can be broken for the few who use one corner of it: compare it with"
                    + " the stable version over enough requests before giving it more."),
    BAD_CANARY_STABLE_TOO(
            "bad-canary-stable-too",
            1,
            "catalog",
            "Every version of catalog fails about 3 % of its requests, all of them listings of one category: v2 is no"
                    + " worse than v1.",
            "A canary that fails is not to blame for what breaks stable as well: compare it with the stable version of"
                    + " the same minutes, and hold until that is well again."),
    GRAY_INSTANCE(
            "gray-instance",
            2,
            "pricing",
            "One request in 20 to pricing-2 takes 400 ms longer; its health checks stay green.",
            "An instance that is neither up nor down ruins the slowest answers of every caller while averages and"
                    + " health checks see nothing."),
    PAYMENT_BURST(
            "payment-burst",
            3,
            "payment",
            "Payment answers every request with 503; its health checks stay green.",
            "A circuit breaker turns waiting for a service that fails into failing fast, and finds out by itself when"
                    + " it is well again."),
    BANK_429(
            "bank-429",
            4,
            "bank",
            "The bank answers every authorization with 429 and Retry-After: 1, and three layers that each try three"
                    + " times make 27 of one.",
            "Retries multiply from layer to layer: let one layer try again, the nearest to what fails, and give it a"
                    + " budget."),
    SLOW_RATINGS(
            "slow-ratings",
            5,
            "ratings",
            "Ratings takes 2.5 to 3.5 s longer; reviews waits 5 s for it, though catalog waits only 2 s for reviews.",
            "Who waits longer than its own caller does works for nobody: give what is called less time than its caller"
                    + " has."),
    LOST_CARTS(
            "lost-carts",
            6,
            "cart",
            "The session cache is gone, so each cart keeps in its own memory what it is told, and requests take turns.",
            "What lives in the memory of one instance needs requests that come back to it: balance by the hash of a"
                    + " key."),
    DOUBLE_CHARGE(
            "double-charge",
            7,
            "payment",
            "One answer of payment in five is lost after the bank took the money, and what was lost is posted again.",
            "A failure does not say that nothing was done: what must not happen twice is not tried again."),
    REVIEWS_DOWN(
            "reviews-down",
            8,
            "reviews",
            "Every instance of reviews answers 500 when asked about sourdough, and one failure takes an instance out.",
            "When protection takes everyone out it does more harm than the fault: say how many may be out, and when to"
                    + " panic."),
    MAILER_LEAK(
            "mailer-leak",
            9,
            "mailer",
            "Mailer holds one mail in three, and its connection, for up to a minute, and checkout waits for it.",
            "Something optional that hangs takes along whoever waits for it: wait briefly, and for few at a time."),
    REVIEWS_DIFF(
            "reviews-diff",
            11,
            "reviews",
            "Reviews v3 leaves the second remark of one item in five out of the field texts.",
            "An answer with status 200 may still be wrong: only laying two versions side by side shows it."),
    STOCK_RESETS(
            "stock-resets",
            12,
            "stock",
            "One answer of stock in 20 breaks off: its TCP connection is reset in the middle of the line.",
            "A mesh that carries bytes cannot try again, for it does not know what was done: only the caller can, and"
                    + " only what may be asked twice.");

    private final String wireName;
    private final int number;
    private final String service;
    private final String summary;
    private final String lesson;

    PlantedFault(String wireName, int number, String service, String summary, String lesson) {
        this.wireName = wireName;
        this.number = number;
        this.service = service;
        this.summary = summary;
        this.lesson = lesson;
    }

    public String wireName() {
        return wireName;
    }

    int number() {
        return number;
    }

    String service() {
        return service;
    }

    String summary() {
        return summary;
    }

    String lesson() {
        return lesson;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(PlantedFault::wireName).toList();
    }

    static Optional<PlantedFault> named(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.wireName.equals(name))
                .findFirst();
    }
}
