package io.signalbox.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The traffic policies that the shop opens with, as YAML. */
final class Policies {

    private static final List<String> SERVICES = List.of(
            "storefront",
            "catalog",
            "reviews",
            "ratings",
            "cart",
            "pricing",
            "stock",
            "checkout",
            "payment",
            "bank",
            "mailer");

    private Policies() {}

    static List<String> all() {
        return SERVICES.stream().map(Policies::read).toList();
    }

    private static String read(String service) {
        String name = "policies/" + service + ".yaml";
        try (InputStream in = Policies.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
