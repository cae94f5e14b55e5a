package io.signalbox.shop.service;

import io.signalbox.shop.service.Message.Featured;
import io.signalbox.shop.service.Message.Listing;
import io.signalbox.shop.web.Answer;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import io.signalbox.shop.web.Refusal;
import io.signalbox.shop.web.Reply;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the shop sells, with what others say about it. Goes on without reviews when they cannot be had. Version 2 lists
 * the cheapest first.
 */
final class Catalog implements Application {

    private static final Duration WORK = Duration.ofMillis(3);
    private static final String ITEM = "/items/";

    private final Workplace workplace;
    private final Range range;

    Catalog(Workplace workplace, Range range) {
        this.workplace = workplace;
        this.range = range;
    }

    @Override
    public Reply answer(Call call) {
        workplace.pace().work(WORK);
        if (call.method().equals("GET") && call.path().startsWith(ITEM)) {
            return item(call.path().substring(ITEM.length()));
        }
        return switch (call.method() + " " + call.path()) {
            case "GET /featured" -> Reply.ok(featured());
            case "GET /items" -> Reply.ok(listing(call));
            default -> throw Workplace.unknown(call);
        };
    }

    private Reply item(String id) {
        return Reply.ok(
                range.item(id).orElseThrow(() -> new Refusal(404, "item: " + id + " (expected: an item's id)")));
    }

    private Featured featured() {
        List<Item> first = range.categories().stream()
                .map(category -> range.in(category).getFirst())
                .toList();
        return new Featured(range.categories(), first);
    }

    private Listing listing(Call call) {
        String category = call.required("category");
        List<Item> items = range.in(category);
        if (items.isEmpty()) {
            throw new Refusal(
                    404, "category: " + category + " (expected: one of " + String.join(", ", range.categories()) + ")");
        }
        if (workplace.version().equals("v2")) {
            items = items.stream()
                    .sorted((a, b) -> Integer.compare(a.priceCents(), b.priceCents()))
                    .toList();
        }
        String ids = items.stream().map(Item::id).collect(Collectors.joining(","));
        try {
            Answer reviews = workplace
                    .neighbours()
                    .get(call, "reviews", "/reviews?items=" + ids)
                    .orRefuse();
            return new Listing(category, workplace.version(), items, true, reviews.body());
        } catch (NeighbourFailure withoutReviews) {
            return new Listing(category, workplace.version(), items, false, "{}");
        }
    }
}
