package io.signalbox.shop.load;

import io.signalbox.shop.service.Item;
import io.signalbox.shop.service.Range;
import io.signalbox.shop.web.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What the shoppers do, one request after the other, drawn from a source of chance: the same seed makes the same plan.
 *
 * <p>Those check out who have put something into their cart, whoever has waited longest first. Not for many threads.
 */
final class ShopperPlan {

    /** Carts that must be filled before the first is checked out, so that its adding has long been answered. */
    private static final int CARTS_AHEAD = 24;

    private static final int ITEMS_PRICED = 3;

    private final RandomGenerator random;
    private final LoadProfile profile;
    private final List<String> categories;
    private final List<Item> items;
    private final Set<String> withFullCarts = new LinkedHashSet<>();

    ShopperPlan(RandomGenerator random, LoadProfile profile, Range range) {
        this.random = random;
        this.profile = profile;
        this.categories = range.categories();
        this.items = range.items();
    }

    Visit next() {
        LoadProfile.Mix mix = profile.mix();
        int draw = random.nextInt(mix.total());
        if (draw < mix.browse()) {
            return browse();
        }
        draw -= mix.browse();
        if (draw < mix.viewCart()) {
            return new Visit(shopper(), "GET", "/cart", "");
        }
        draw -= mix.viewCart();
        if (draw < mix.prices()) {
            return prices();
        }
        draw -= mix.prices();
        return draw < mix.checkout() && withFullCarts.size() > CARTS_AHEAD ? checkout() : add();
    }

    private Visit browse() {
        String category = categories.get(random.nextInt(categories.size()));
        return new Visit(shopper(), "GET", "/browse?category=" + category, "");
    }

    private Visit prices() {
        String some = random.ints(ITEMS_PRICED, 0, items.size())
                .mapToObj(i -> items.get(i).id())
                .collect(Collectors.joining(","));
        return new Visit(shopper(), "GET", "/prices?items=" + some, "");
    }

    private Visit add() {
        String shopper = shopper();
        String item = items.get(random.nextInt(items.size())).id();
        withFullCarts.add(shopper);
        return new Visit(
                shopper, "POST", "/cart/items", Json.write(Map.of("item", item, "quantity", random.nextInt(1, 4))));
    }

    private Visit checkout() {
        String shopper = withFullCarts.iterator().next();
        withFullCarts.remove(shopper);
        return new Visit(shopper, "POST", "/checkout", "");
    }

    private String shopper() {
        return String.format(Locale.ROOT, "shopper-%03d", 1 + random.nextInt(profile.shoppers()));
    }
}
