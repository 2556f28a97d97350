namespace Handoff.Bench.Measuring;

internal enum Better
{
    More,
    Less,
}
