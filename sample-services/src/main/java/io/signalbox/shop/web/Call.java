package io.signalbox.shop.web;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request as an application sees it.
 *
 * @param path without the query, such as {@code /items/green-tea}
 * @param query the first value of each parameter
 * @param headers the first value of each header, names in lower case
 */
public record Call(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    public static final String SHOPPER = "x-shopper-id";

    public Call {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The parameter's value. */
    public String required(String parameter) {
        String value = query.get(parameter);
        if (value == null || value.isBlank()) {
            throw new Refusal(400, "query." + parameter + ": missing (expected: a value)");
        }
        return value;
    }

    /** Who shops: the header {@value #SHOPPER}, or the cookie of that name. */
    public Optional<String> shopper() {
        return Optional.ofNullable(headers.get(SHOPPER)).or(this::shopperCookie);
    }

    public String requiredShopper() {
        return shopper().orElseThrow(() -> new Refusal(400, SHOPPER + ": missing (expected: a shopper's id)"));
    }

    /** The body as a record of that type. */
    public <T> T body(Class<T> type) {
        try {
            return Json.read(body, type);
        } catch (InvalidValueException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    public Call withShopper(String shopper) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(SHOPPER, shopper);
        return new Call(method, path, query, more, body);
    }

    /** What a call made because of this one must carry on: the trace, the request's id, and who shops. */
    public Map<String, String> carriedOn() {
        Map<String, String> carried = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (isCarriedOn(name)) {
                carried.put(name, value);
            }
        });
        return carried;
    }

    private static boolean isCarriedOn(String name) {
        return switch (name) {
            case "traceparent", "tracestate", "b3", "x-request-id", SHOPPER -> true;
            default -> name.startsWith("x-b3-");
        };
    }

    private Optional<String> shopperCookie() {
        for (String cookie : headers.getOrDefault("cookie", "").split(";", -1)) {
            String[] pair = cookie.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(SHOPPER)) {
                return Optional.of(pair[1]);
            }
        }
        return Optional.empty();
    }
}
