using FsCheck;

namespace CommandCenter.Tests;

/// <summary>Runs a property a hundred times with values of its own choosing and fails with the smallest counterexample.</summary>
internal static class Properties
{
    public static void QuickCheckThrowOnFailure(this Property property) => Check.QuickThrowOnFailure(property);
}
