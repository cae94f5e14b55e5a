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
    REVIEWS_DOWN(
            "reviews-down",
            8,
            "reviews",
            "The ports of every instance of reviews are closed.",
            "When every instance is taken out of balancing nobody is left to ask: what the caller does without the"
                    + " answer decides what people notice."),
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
