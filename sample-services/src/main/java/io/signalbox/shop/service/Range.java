package io.signalbox.shop.service;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.shop.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that the shop sells, in the order of its shelves. Immutable. */
public final class Range {

    private final Map<String, Item> items = new LinkedHashMap<>();

    private Range(List<Item> all) {
        for (Item item : all) {
            InvalidValueException.unless(items.put(item.id(), item) == null, "item.id", item.id(), "given once");
        }
    }

    /** Reads the range that comes with the shop. */
    public static Range load() {
        try (InputStream in = Range.class.getResourceAsStream("range.json")) {
            if (in == null) {
                throw new IllegalStateException("range.json is not on the class path");
            }
            return new Range(List.of(Json.read(in, Item[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> categories() {
        return items.values().stream().map(Item::category).distinct().toList();
    }

    public List<Item> in(String category) {
        return items.values().stream()
                .filter(item -> item.category().equals(category))
                .toList();
    }

    public List<Item> items() {
        return List.copyOf(items.values());
    }

    public Optional<Item> item(String id) {
        return Optional.ofNullable(items.get(id));
    }
}
